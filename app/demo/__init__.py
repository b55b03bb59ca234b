"""The demo office: document server, authority, tokens and drafts on loopback; no part of the product."""
