# shows: sqlite3 in memory and in a file, dbm and shelve
import dbm.dumb
import os
import shelve
import sqlite3

with sqlite3.connect(":memory:") as connection:
    connection.execute("create table things (name text, n integer)")
    connection.executemany("insert into things values (?, ?)", [("a", 1), ("b", 2)])
    print(connection.execute("select name, n * 2 from things order by n desc").fetchall())
    connection.create_function("twice", 1, lambda n: n * 2)
    print(connection.execute("select twice(21)").fetchone())
    try:
        connection.execute("select * from nothing")
    except sqlite3.OperationalError as error:
        print(error)
connection.close()
with sqlite3.connect("file.db") as connection:
    connection.execute("create table t (x)")
connection.close()
print(os.path.getsize("file.db") > 0)
with shelve.Shelf(dbm.dumb.open("shelf", "c")) as shelf:
    shelf["key"] = {"value": [1, 2]}
    print(dict(shelf))
