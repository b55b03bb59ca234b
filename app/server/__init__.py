"""The document server: the contract as typed models, the HTTP client, signing in.

`wire` and `problems` are the contract, `client` the port's adapter, `sign_in` the way to it.
"""
