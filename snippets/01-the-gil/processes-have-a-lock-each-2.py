from concurrent.futures import ProcessPoolExecutor


def count_primes(limit):
    return sum(
        all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit)
    )


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=2) as pool:
        counts = list(pool.map(count_primes, [10, 100, 1000]))
    print(counts)  # [4, 25, 168]
    print(sum(counts))  # Total: 197
