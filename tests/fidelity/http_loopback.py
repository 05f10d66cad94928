# shows: an HTTP server in a thread, asked by urllib and http.client
import http.client
import http.server
import json
import threading
import urllib.error
import urllib.request


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps({"path": self.path}).encode()
        self.send_response(200 if self.path != "/missing" else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *given):
        print("log", given[1:])


with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    with urllib.request.urlopen("http://127.0.0.1:%d/a?b=c" % server.server_port) as answer:
        print(answer.status, json.load(answer))
    try:
        urllib.request.urlopen("http://127.0.0.1:%d/missing" % server.server_port)
    except urllib.error.HTTPError as error:
        print(error.code, error.reason)
        error.close()
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port)
    connection.request("GET", "/direct")
    print(connection.getresponse().read())
    connection.close()
    server.shutdown()
    thread.join()
