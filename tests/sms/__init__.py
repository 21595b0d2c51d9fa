"""Text messages held against things that others wrote: Twilio's calculator, its validator and its API description."""
