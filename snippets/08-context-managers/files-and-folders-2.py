import psycopg

with psycopg.connect("dbname=shop") as connection:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from orders")
        print(cursor.fetchone())  # (1204,)
