"""Parts that know no view-model: they show what they are given and say what was done to them."""
