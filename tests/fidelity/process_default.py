# shows: the start method that this Python takes by itself, and its process names
import multiprocessing


def tell(number):
    return number, multiprocessing.current_process().name.split("-")[0]


if __name__ == "__main__":
    print(multiprocessing.get_start_method(), multiprocessing.current_process().name)
    with multiprocessing.Pool(2) as pool:
        print(pool.map(tell, [1, 2, 3]))
    print(multiprocessing.active_children())
