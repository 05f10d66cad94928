data = "h\u00e9".encode("utf-8")
print(data)  # b'h\xc3\xa9'
list(data)  # [104, 195, 169]
len(data), len(data.decode("utf-8"))  # (3, 2)
str(b"abc")  # "b'abc'" -- not decoded!
str(b"abc", "ascii")  # 'abc'

b"abc" + "def"  # TypeError: can't concat str to bytes
