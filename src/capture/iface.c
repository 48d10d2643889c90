/*
 * The list of interfaces.
 *
 * Its order is that of tcpdump -D: the more useful first, where "useful" is a score of five bits,
 * and the kernel's own order among equals.
 */
#include "capture/iface.h"

#include <linux/ethtool.h>
#include <linux/if.h>
#include <linux/sockios.h>
#include <linux/wireless.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/out.h"
#include "capture/failure.h"
#include "capture/netlink.h"

enum { NAME_FRESH_MS = 1000, LIST_GROWTH = 2, LIST_FIRST = 16 };

/* -- what one interface is -------------------------------------------------------------------- */

static struct ifreq request_for(const char *name)
{
    struct ifreq request;
    memset(&request, 0, sizeof(request));
    memcpy(request.ifr_name, name, strnlen(name, IFNAMSIZ - 1));
    return request;
}

static bool is_wireless(int fd, const char *name)
{
    struct iwreq request;
    memset(&request, 0, sizeof(request));
    memcpy(request.ifr_name, name, strnlen(name, IFNAMSIZ - 1));
    return ioctl(fd, SIOCGIWNAME, &request) >= 0;
}

/* Whether a cable (or an access point) is there.  Neither flag when the driver does not say. */
static u32 connection_flags(int fd, const char *name)
{
    struct ethtool_value link = { .cmd = ETHTOOL_GLINK };
    struct ifreq request = request_for(name);
    request.ifr_data = (void *)&link;
    if (ioctl(fd, SIOCETHTOOL, &request) < 0)
        return 0;
    return link.data ? IFACE_CONNECTED : IFACE_DISCONNECTED;
}

static struct iface iface_of(int fd, const struct link_info *link)
{
    struct iface iface = { .ifindex = link->ifindex,
                           .arphrd = link->arphrd,
                           .mtu = link->mtu,
                           .frame_max = link->frame_max };
    memcpy(iface.name, link->name, sizeof(iface.name));
    iface.flags |= link->flags & IFF_UP ? IFACE_UP : 0;
    iface.flags |= link->flags & IFF_RUNNING ? IFACE_RUNNING : 0;
    iface.flags |= link->flags & IFF_LOOPBACK ? IFACE_LOOPBACK : 0;
    iface.flags |= is_wireless(fd, link->name) ? IFACE_WIRELESS : 0;
    /* The notion does not apply to loopback. */
    if (!(iface.flags & IFACE_LOOPBACK))
        iface.flags |= connection_flags(fd, link->name);
    return iface;
}

static struct iface pseudo_any(void)
{
    return (struct iface){ .name = "any",
                           .text = "Pseudo-device that captures on all interfaces",
                           .flags = IFACE_UP | IFACE_RUNNING };
}

/* -- the list --------------------------------------------------------------------------------- */

static u32 score(const struct iface *iface)
{
    u32 bits = 0;
    bits |= iface->flags & IFACE_RUNNING ? 0 : 16;
    bits |= iface->flags & IFACE_UP ? 0 : 8;
    bits |= iface->flags & IFACE_DISCONNECTED && !(iface->flags & IFACE_WIRELESS) ? 4 : 0;
    bits |= iface->flags & IFACE_LOOPBACK ? 2 : 0;
    bits |= iface->ifindex == 0 ? 1 : 0;
    return bits;
}

struct collector {
    struct iface_list list;
    u32 room;
    int fd;
    bool starved;
};

/* Keeps the list sorted; a newcomer goes behind its equals. */
static void insert(struct collector *c, struct iface iface)
{
    if (c->list.n == c->room) {
        u32 room = c->room ? c->room * LIST_GROWTH : LIST_FIRST;
        struct iface *items = realloc(c->list.items, room * sizeof(*items));
        if (!items) {
            c->starved = true;
            return;
        }
        c->list.items = items;
        c->room = room;
    }
    u32 at = c->list.n++;
    for (; at > 0 && score(&c->list.items[at - 1]) > score(&iface); at--)
        c->list.items[at] = c->list.items[at - 1];
    c->list.items[at] = iface;
}

static void collect(void *context, const struct link_info *link)
{
    struct collector *c = context;
    insert(c, iface_of(c->fd, link));
}

bool iface_list(struct iface_list *list, struct source_failure *failure)
{
    struct collector c = { .fd = netlink_open() };
    *list = (struct iface_list){ NULL, 0 };
    if (c.fd < 0)
        return fail(failure->text, "can't open a netlink socket: %s", strerror(errno));
    bool listed = netlink_links(c.fd, 0, collect, &c);
    int error = errno;
    close(c.fd);
    insert(&c, pseudo_any());
    if (!listed || c.starved) {
        iface_list_free(&c.list);
        return fail(failure->text, "can't list the interfaces: %s",
                    c.starved ? "out of memory" : strerror(error));
    }
    *list = c.list;
    return true;
}

void iface_list_free(struct iface_list *list)
{
    free(list->items);
    *list = (struct iface_list){ NULL, 0 };
}

static void append(struct out *o, const char **separator, const char *word)
{
    out_text_z(o, *separator);
    out_text_z(o, word);
    *separator = ", ";
}

size_t iface_line(const struct iface *iface, u32 number, char *to, size_t size)
{
    static const struct {
        u32 flag;
        const char *word;
    } words[] = {
        { IFACE_UP, "Up" },
        { IFACE_RUNNING, "Running" },
        { IFACE_LOOPBACK, "Loopback" },
        { IFACE_WIRELESS, "Wireless" },
    };
    bool wireless = (iface->flags & IFACE_WIRELESS) != 0;
    struct out o = out_fixed(to, size - 1);
    out_dec(&o, number);
    out_char(&o, '.');
    out_text_z(&o, iface->name);
    if (iface->text) {
        out_text_z(&o, " (");
        out_text_z(&o, iface->text);
        out_char(&o, ')');
    }
    const char *separator = " [";
    for (size_t i = 0; i < countof(words); i++)
        if (iface->flags & words[i].flag)
            append(&o, &separator, words[i].word);
    if (!(iface->flags & (IFACE_UP | IFACE_RUNNING | IFACE_LOOPBACK | IFACE_WIRELESS)))
        append(&o, &separator, "none");
    if (iface->flags & IFACE_CONNECTED)
        append(&o, &separator, wireless ? "Associated" : "Connected");
    else if (iface->flags & IFACE_DISCONNECTED)
        append(&o, &separator, wireless ? "Not associated" : "Disconnected");
    out_char(&o, ']');
    size_t n = out_text(&o).len;
    to[n] = '\0';
    return n;
}

/* -- names ------------------------------------------------------------------------------------ */

void iface_names_open(struct iface_names *names, int fd)
{
    memset(names, 0, sizeof(*names));
    names->fd = fd >= 0 ? fd : socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

static i64 monotonic_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return (i64)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct str iface_names_get(struct iface_names *names, u32 ifindex)
{
    size_t slot = ifindex % countof(names->slots);
    i64 now = monotonic_ms();
    if (names->slots[slot].ifindex != ifindex ||
        now - names->slots[slot].asked_ms > NAME_FRESH_MS) {
        struct ifreq request = { .ifr_ifindex = (int)ifindex };
        bool known = ioctl(names->fd, SIOCGIFNAME, &request) >= 0;
        names->slots[slot].ifindex = ifindex;
        names->slots[slot].asked_ms = now;
        memset(names->slots[slot].name, 0, sizeof(names->slots[slot].name));
        if (known)
            memcpy(names->slots[slot].name, request.ifr_name, IFNAMSIZ);
    }
    return str_of(names->slots[slot].name);
}
