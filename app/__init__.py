"""Fetches, keeps and decides: the office's work around a document."""
