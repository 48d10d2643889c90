/* Lists of interfaces, clocks and link types. */
#include "cli/interfaces.h"

#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "capture/iface.h"
#include "cli/run.h"
#include "cli/text.h"
#include "print/registry.h"

enum { LINE = 512, LINKTYPES = 64 };

static int failed(const struct console *c, const struct source_failure *failure)
{
    console_error(c, "%s", failure->text);
    return EXIT_ERROR;
}

static int written(struct text *t, const struct console *c)
{
    if (text_flush(t))
        return EXIT_OK;
    console_error(c, "Unable to write output: %s", strerror(t->error));
    return EXIT_WRITE;
}

int interfaces_list(const struct console *c)
{
    struct source_failure failure;
    struct iface_list list;
    struct text text;

    if (!iface_list(&list, &failure))
        return failed(c, &failure);
    text_start(&text);
    for (u32 i = 0; i < list.n; i++) {
        char line[LINE];
        out_bytes(&text.out, line, iface_line(&list.items[i], i + 1, line, sizeof line));
        out_char(&text.out, '\n');
    }
    iface_list_free(&list);
    return written(&text, c);
}

bool interfaces_default(char name[32], const struct console *c)
{
    struct source_failure failure;
    struct iface_list list;

    if (!iface_list(&list, &failure)) {
        console_error(c, "%s", failure.text);
        return false;
    }
    bool found = list.n > 0;
    if (found)
        memcpy(name, list.items[0].name, sizeof list.items[0].name);
    else
        console_error(c, "no suitable device found");
    iface_list_free(&list);
    return found;
}

/* The options' device, or the default one in `name`.  NULL, told, when there is none. */
static const char *choose_device(const struct options *o, char name[32], const struct console *c)
{
    if (o->live.device != NULL)
        return o->live.device;
    return interfaces_default(name, c) ? name : NULL;
}

int interfaces_clocks(const struct options *o, const struct console *c)
{
    const struct clock_info *row;
    struct source_failure failure;
    struct text text;
    char name[32];
    const char *device = choose_device(o, name, c);

    if (device == NULL)
        return EXIT_ERROR;
    u32 clocks = iface_clocks(device, &failure);
    if (clocks == 0)
        return failed(c, &failure);
    text_start(&text);
    out_format(&text.out, "Time stamp types for %s (use option -j to set):\n", device);
    for (u32 i = 0; (row = clock_row(i)) != NULL; i++)
        if (clocks >> row->clock & 1)
            out_format(&text.out, "  %s (%s)\n", row->name, row->text);
    return written(&text, c);
}

int interfaces_linktypes(const struct options *o, const struct console *c)
{
    u16 types[LINKTYPES];
    struct live_options live = o->live;
    struct source_failure failure;
    struct text text;
    char name[32];

    live.device = choose_device(o, name, c);
    if (live.device == NULL)
        return EXIT_ERROR;
    u32 n = iface_linktypes(&live, types, countof(types), &failure);
    if (n == 0)
        return failed(c, &failure);
    text_start(&text);
    out_format(&text.out, "Data link types for %s (use option -y to set):\n", live.device);
    for (u32 i = 0; i < n; i++) {
        const struct linktype_info *info = linktype_info(types[i]);
        if (info != NULL)
            out_format(&text.out, "  %s (%s)%s\n", linktype_name(info), linktype_text(info),
                       registry_has_link(types[i]) ? "" : " (printing not supported)");
        else
            out_format(&text.out, "  DLT %u (printing not supported)\n", (unsigned)types[i]);
    }
    return written(&text, c);
}

const char *interfaces_text(const char *name)
{
    struct source_failure failure;
    struct iface_list list;
    const char *text = NULL;

    if (!iface_list(&list, &failure))
        return NULL;
    for (u32 i = 0; i < list.n; i++)
        if (strcmp(list.items[i].name, name) == 0)
            text = list.items[i].text;
    iface_list_free(&list);
    return text;
}

/* An interface's address or its mask, netdevice(7), in host byte order. */
static bool ask_address(int fd, const char *name, bool mask, u32 *address)
{
    struct ifreq ifr = { .ifr_ifindex = 0 };
    struct sockaddr_in in;

    if (strlen(name) >= sizeof ifr.ifr_name)
        return false;
    strcpy(ifr.ifr_name, name);
    ifr.ifr_addr.sa_family = AF_INET;
    if (ioctl(fd, mask ? SIOCGIFNETMASK : SIOCGIFADDR, &ifr) < 0)
        return false;
    memcpy(&in, &ifr.ifr_addr, sizeof in);
    *address = ntohl(in.sin_addr.s_addr);
    return true;
}

bool interfaces_network(const char *name, u32 *net, u32 *mask)
{
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return false;
    bool known = ask_address(fd, name, false, net) && ask_address(fd, name, true, mask);
    close(fd);
    *net &= *mask;
    return known;
}
