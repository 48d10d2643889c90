/* Reading the files under /etc. */
#include "names/system_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "names/builtin.h"

enum { FILE_MAX = 256 << 20 }; /* bytes; the rest of a larger file is not read */

bool etc_read_file(const char *path, struct str *text, char **owned)
{
    size_t used = 0, room = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

    if (fd < 0)
        return false;
    for (;;) {
        if (used == room) {
            size_t more = room == 0 ? 16384 : room * 2;
            char *grown = more <= FILE_MAX ? realloc(*owned, more) : NULL;
            if (grown == NULL)
                break;
            *owned = grown;
            room = more;
        }
        ssize_t n = read(fd, *owned + used, room - used);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        used += (size_t)n;
    }
    close(fd);
    *text = str_make(*owned, used);
    return true;
}

/* The text of a file, or else of the table that stands for it.  False: it was loaded before. */
static bool load_text(struct etc_files *e, enum etc_name which, const char *path,
                      struct str instead, struct str *text)
{
    struct etc_file *f = &e->files[which];

    if (f->loaded)
        return false;
    f->loaded = true;
    if (e->sealed || !etc_read_file(path, text, &f->text))
        *text = instead;
    return true;
}

/* The same, with memory for the tables that are to be made of it. */
static bool load_file(struct etc_files *e, enum etc_name which, const char *path,
                      struct str instead, struct str *text, struct arena *arena)
{
    struct etc_file *f = &e->files[which];

    if (!load_text(e, which, path, instead, text))
        return false;
    size_t size = etc_arena_size(*text);
    f->tables = malloc(size);
    *arena = arena_over(f->tables, f->tables != NULL ? size : 0);
    return true;
}

void etc_load_services(struct etc_files *e)
{
    struct arena arena;
    struct str text;

    if (load_file(e, ETC_SERVICES, "/etc/services", builtin_services(), &text, &arena))
        etc_parse_services(&e->services, text, &arena, e->seed);
}

void etc_load_protocols(struct etc_files *e)
{
    struct arena arena;
    struct str text;

    if (load_file(e, ETC_PROTOCOLS, "/etc/protocols", builtin_protocols(), &text, &arena))
        etc_parse_protocols(&e->protocols, text, &arena, e->seed);
}

void etc_load_hosts(struct etc_files *e)
{
    struct arena arena;
    struct str text;

    if (load_file(e, ETC_HOSTS, "/etc/hosts", builtin_hosts(), &text, &arena))
        etc_parse_hosts(&e->hosts, text, &arena, e->seed);
}

void etc_load_networks(struct etc_files *e)
{
    struct arena arena;
    struct str text;

    if (load_file(e, ETC_NETWORKS, "/etc/networks", builtin_networks(), &text, &arena))
        etc_parse_networks(&e->networks, text, &arena, e->seed);
}

void etc_load_ethers(struct etc_files *e)
{
    struct arena arena;
    struct str text;

    if (load_file(e, ETC_ETHERS, "/etc/ethers", STR_EMPTY, &text, &arena))
        etc_parse_ethers(&e->ethers, text, &arena, e->seed);
}

void etc_load_resolv(struct etc_files *e)
{
    struct str text;

    if (load_text(e, ETC_RESOLV, "/etc/resolv.conf", STR_EMPTY, &text))
        resolv_parse(&e->resolv, text);
}

void etc_free(struct etc_files *e)
{
    for (size_t i = 0; i < ETC_FILES; i++) {
        free(e->files[i].text);
        free(e->files[i].tables);
    }
}
