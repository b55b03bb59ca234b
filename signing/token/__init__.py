"""Signers' keys: PKCS#11 tokens, as one thread of one process uses them, and PKCS#12 files.

`records`, `pin` and `modules` import no engine. `driver` and `ck_errors` alone import python-pkcs11 and
belong in the token process: a module initialised without thread support returns wrong signatures when
two threads call it, so everything here, slot listing included, runs on one thread.
"""
