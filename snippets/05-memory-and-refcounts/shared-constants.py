small = int("256")
int("256") is small  # True (cached)

large = int("257")
int("257") is large  # False
int("257") == large  # True
