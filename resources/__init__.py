"""Data that ships with the program: rule profiles, the catalogue of messages, translations, icons, the style sheet."""
