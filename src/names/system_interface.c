/* Interface names, through a socket that is kept: netdevice(7). */
#include "names/system_interface.h"

#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

void interface_names_open(struct interface_names *n)
{
    if (n->fd < 0)
        n->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

struct str interface_name(struct interface_names *n, u32 index)
{
    struct ifreq request = { .ifr_ifindex = (int)index };

    if (index != 0 && index == n->index)
        return str_make(n->text, n->len);
    interface_names_open(n);
    if (n->fd < 0 || ioctl(n->fd, SIOCGIFNAME, &request) < 0)
        return STR_EMPTY;
    n->index = index;
    n->len = (u32)strnlen(request.ifr_name, INTERFACE_NAME_MAX);
    memcpy(n->text, request.ifr_name, n->len);
    return str_make(n->text, n->len);
}

void interface_names_close(struct interface_names *n)
{
    if (n->fd >= 0)
        close(n->fd);
    n->fd = -1;
}
