text = "tab\there"
print(repr(text))  # 'tab\there'
len(text)  # 8
len(repr(text))  # 11
repr("it's")  # '"it\'s"'
print(repr("it's"))  # "it's"
print(ascii("caf\u00e9"))  # 'caf\xe9'
