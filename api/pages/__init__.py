"""The public pages: server HTML in two languages, each with its JSON, CSV and XLSX twin."""
