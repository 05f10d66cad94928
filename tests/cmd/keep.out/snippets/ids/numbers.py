print(6 * 7)  # 42
