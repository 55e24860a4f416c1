-- The views' schemas: the application grows them, drops them and grows them again.
CREATE SCHEMA views AUTHORIZATION mingzhang_app;
CREATE SCHEMA views_next AUTHORIZATION mingzhang_app;
