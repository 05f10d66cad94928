class Settings:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance


first = Settings()
first.theme = "dark"
second = Settings()

second is first  # True (cached)
second.theme  # 'dark' (shared)
