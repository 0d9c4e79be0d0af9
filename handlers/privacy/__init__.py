"""What Allié keeps of a person: shown, handed over, erased."""
