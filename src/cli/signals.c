/* Signals as facts. */
#include "cli/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

static volatile sig_atomic_t stop_count, want_statistics, want_flush, woken;
static volatile sig_atomic_t wake_in = -1, wake_out = -1;

static void on_signal(int number)
{
    int saved = errno;

    if (number == SIGUSR1)
        want_statistics = 1;
    else if (number == SIGUSR2)
        want_flush = 1;
    else
        stop_count = stop_count + 1;
    woken = 1;
    /* A full pipe is awake already. */
    if (write(wake_in, "", 1) < 0)
        errno = saved;
    errno = saved;
}

/* `restart`: system calls go on by themselves; a stop must end them. */
static bool catch (int number, void (*handler)(int), int flags)
{
    struct sigaction action = { .sa_handler = handler, .sa_flags = flags };

    sigemptyset(&action.sa_mask);
    return sigaction(number, &action, NULL) == 0;
}

bool signals_catch(bool live)
{
    struct sigaction hangup;
    int ends[2];

    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
        return false;
    wake_out = ends[0];
    wake_in = ends[1];
    if (sigaction(SIGHUP, NULL, &hangup) < 0)
        return false;
    return catch (SIGPIPE, SIG_IGN, 0) && catch (SIGINT, on_signal, 0) &&
           catch (SIGTERM, on_signal, 0) &&
           (hangup.sa_handler == SIG_IGN || catch (SIGHUP, on_signal, 0)) &&
           (!live || catch (SIGUSR1, on_signal, SA_RESTART)) &&
           catch (SIGUSR2, on_signal, SA_RESTART);
}

int signals_wake_fd(void)
{
    return (int)wake_out;
}

bool signals_any(void)
{
    return woken != 0;
}

void signals_calm(void)
{
    char bytes[64];

    woken = 0;
    while (wake_out >= 0 && read((int)wake_out, bytes, sizeof bytes) > 0)
        continue;
}

int signals_stop(void)
{
    return (int)stop_count;
}

bool signals_take_statistics(void)
{
    bool taken = want_statistics != 0;
    want_statistics = 0;
    return taken;
}

bool signals_take_flush(void)
{
    bool taken = want_flush != 0;
    want_flush = 0;
    return taken;
}
