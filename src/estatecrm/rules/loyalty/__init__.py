"""Points, membership, referral and club (chapter G): the rules, and the ledger as a pure fold."""
