"""Kits for people who extend the library, and records to try things on."""
