"""Payments 发放: pay runs, payments, recoveries."""
