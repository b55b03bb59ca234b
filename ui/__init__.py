"""The window, and the only room where Qt lives.

`application` starts it; `main_window` is its frame. `viewmodels` hold what is shown, one frozen state a screen, and
know no widget (QtCore only). `views` show a view-model and hand it the person's wishes; they decide nothing. `widgets`
know neither. `bridge` is the one seam between the window's thread and the lanes where the workplace's blocking methods
run.
"""
