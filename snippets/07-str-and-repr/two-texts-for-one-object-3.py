from decimal import Decimal
from fractions import Fraction

third = 1 / 3
print(third)  # 0.3333
repr(0.1 + 0.2)  # '0.30000000000000004'
float(repr(third)) == third  # True

Fraction(3, 6)  # Fraction(1, 2)
str(Fraction(3, 6))  # '1/2'
Decimal("2.50")  # Decimal('2.50')
print(Decimal("2.50"))  # 2.50
