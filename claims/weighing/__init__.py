"""The learned layer: small linear models that weigh what rules, frames and words say of a sentence."""
