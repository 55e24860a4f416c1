"""Figures of benefits."""
