"""Takes the picture of a signature or a seal from a photo or a scan: the paper goes, the ink stays, in millimetres."""
