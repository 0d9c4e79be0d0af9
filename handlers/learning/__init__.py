"""Learning at one's own pace: five questions and short capsules."""
