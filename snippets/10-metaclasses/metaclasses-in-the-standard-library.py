from abc import ABC, ABCMeta, abstractmethod
from enum import Enum


class Store(ABC):
    @abstractmethod
    def load(self):
        ...


type(Store) is ABCMeta  # True
Store.__abstractmethods__  # frozenset({'load'})

# Store()  # TypeError


class Level(Enum):
    LOW = 1
    HIGH = 2


print([level.name for level in Level])  # ['LOW', 'HIGH']
len(Level)  # 2
Level["HIGH"].value  # 2
Level(1) is Level.LOW  # True
Level(3)  # ValueError: 3 is not a valid Level
