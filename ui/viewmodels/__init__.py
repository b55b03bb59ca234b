"""What the window shows, one frozen state a screen, and what a person may do there. QtCore only; no widget, no words.

Words are message codes (`app.workplace.records.Problem`); views put them into the person's language.
"""
