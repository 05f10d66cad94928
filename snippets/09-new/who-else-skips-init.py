import copy
import pickle


class Ticket:
    inits = 0

    def __init__(self, number):
        Ticket.inits += 1
        self.number = number


ticket = Ticket(7)
clone = copy.copy(ticket)
loaded = pickle.loads(pickle.dumps(ticket))

clone.number, loaded.number  # (7, 7)
print(Ticket.inits)  # Inits: 1
