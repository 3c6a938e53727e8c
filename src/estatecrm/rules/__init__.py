"""Judgement: one module per family; `base` is the shape, `rulesets` says which rules apply and when."""
