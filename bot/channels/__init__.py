"""The only code that knows a platform: it turns what arrives into an `Event` and a `Reply` into what people see."""
