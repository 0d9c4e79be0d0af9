"""The law as pure functions: a question and a day in, amounts with their reasons and sources out.

No function here reads a clock, a file chosen by a caller, or a person's session. Every rate, ceiling and date
comes from `data/law/*.toml` through `bot.rules.parameters`; every result is a frozen dataclass with `steps` and
`warnings` (`bot.rules.result`). Money is `Decimal`, in euros.
"""
