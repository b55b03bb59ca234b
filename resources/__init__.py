"""Data that ships with the program: rule profiles and the catalogue of messages."""
