"""Reads the catalogue from CSV files. Each file is loaded whole or not at all; every complaint names its cell."""
