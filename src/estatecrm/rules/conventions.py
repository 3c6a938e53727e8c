"""Conventions that every other rule leans on: what vague words mean, how days are counted (chapter R)."""
