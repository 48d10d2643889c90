/*
 * A small HTTP exchange to be captured: one request, one JSON answer, one connection.
 *
 *   http_demo serve ADDRESS PORT   listen (port 0: any free one), print the port, answer one request
 *   http_demo get ADDRESS PORT     send the request, print the answer
 *
 * A bare system has neither curl nor python; this needs a C library only.  Addresses are numeric, IPv4 or
 * IPv6.  A failure is a message and status 1; after half a minute SIGALRM ends the program.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PATIENCE_S = 30, ROOM = 4096 };

static const char request_format[] = "GET /demo HTTP/1.1\r\n"
                                     "Host: %s:%s\r\n"
                                     "User-Agent: snifter-demo\r\n"
                                     "Accept: application/json\r\n"
                                     "Connection: close\r\n"
                                     "\r\n";
static const char answer[] = "HTTP/1.1 200 OK\r\n"
                             "Content-Type: application/json\r\n"
                             "Content-Length: 40\r\n"
                             "Connection: close\r\n"
                             "\r\n"
                             "{\"message\":\"hello from loopback\",\"ok\":1}";

static _Noreturn void fail(const char *what)
{
    perror(what);
    exit(1);
}

/* Numeric address and port to a socket address; the size of the address, 0 when they make no sense. */
static socklen_t parse_address(const char *address, const char *port, struct sockaddr_storage *to)
{
    struct sockaddr_in *v4 = (struct sockaddr_in *)to;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)to;
    char *end;
    const unsigned long number = strtoul(port, &end, 10);

    memset(to, 0, sizeof *to);
    if (*end != '\0' || number > 65535)
        return 0;
    if (inet_pton(AF_INET, address, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons((unsigned short)number);
        return sizeof *v4;
    }
    if (inet_pton(AF_INET6, address, &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons((unsigned short)number);
        return sizeof *v6;
    }
    return 0;
}

static void send_all(int fd, const char *text)
{
    for (size_t left = strlen(text); left > 0;) {
        const ssize_t n = send(fd, text, left, MSG_NOSIGNAL);
        if (n <= 0)
            fail("send");
        text += n;
        left -= (size_t)n;
    }
}

/* Receive until `stop` has come, or, when stop is NULL, until the other side closes. */
static void receive_text(int fd, char room[static ROOM], const char *stop)
{
    size_t got = 0;
    while (got < ROOM - 1) {
        const ssize_t n = recv(fd, room + got, ROOM - 1 - got, 0);
        if (n < 0)
            fail("recv");
        got += (size_t)n;
        room[got] = '\0';
        if (n == 0 || (stop && strstr(room, stop)))
            return;
    }
    fputs("http_demo: too much text\n", stderr);
    exit(1);
}

static void serve(int fd, const struct sockaddr *at, socklen_t size)
{
    struct sockaddr_storage bound;
    socklen_t bound_size = sizeof bound;
    const int on = 1;
    char room[ROOM] = "";

    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 || bind(fd, at, size) != 0 ||
        listen(fd, 1) != 0 || getsockname(fd, (struct sockaddr *)&bound, &bound_size) != 0)
        fail("listen");
    /* The port is at the same place in both families. */
    printf("%u\n", (unsigned)ntohs(((struct sockaddr_in *)&bound)->sin_port));
    fflush(stdout);

    const int peer = accept(fd, NULL, NULL);
    if (peer < 0)
        fail("accept");
    receive_text(peer, room, "\r\n\r\n");
    send_all(peer, answer);
    shutdown(peer, SHUT_WR);
    receive_text(peer, room, NULL);
    close(peer);
}

static void get(int fd, const struct sockaddr *at, socklen_t size, const char *address, const char *port)
{
    char room[ROOM] = "";

    if (connect(fd, at, size) != 0)
        fail("connect");
    snprintf(room, sizeof room, request_format, address, port);
    send_all(fd, room);
    receive_text(fd, room, NULL);
    puts(room);
    if (strcmp(room, answer) != 0) {
        fputs("http_demo: not the expected answer\n", stderr);
        exit(1);
    }
}

int main(int argc, char **argv)
{
    struct sockaddr_storage at;
    const socklen_t size = argc == 4 ? parse_address(argv[2], argv[3], &at) : 0;

    if (size == 0 || (strcmp(argv[1], "serve") != 0 && strcmp(argv[1], "get") != 0)) {
        fputs("usage: http_demo serve|get ADDRESS PORT\n", stderr);
        return 1;
    }
    alarm(PATIENCE_S);
    const int fd = socket(at.ss_family, SOCK_STREAM, 0);
    if (fd < 0)
        fail("socket");
    if (strcmp(argv[1], "serve") == 0)
        serve(fd, (struct sockaddr *)&at, size);
    else
        get(fd, (struct sockaddr *)&at, size, argv[2], argv[3]);
    close(fd);
    return 0;
}
