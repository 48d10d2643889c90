/* What rtnetlink(7) says about network interfaces. */
#include "capture/netlink.h"

#include <errno.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Attributes that are younger than the oldest headers we build with, <linux/if_link.h>. */
enum {
    LINK_GSO_MAX_SIZE = 41,
    LINK_GRO_MAX_SIZE = 58,
    LINK_GSO_IPV4_MAX_SIZE = 63,
    LINK_GRO_IPV4_MAX_SIZE = 64,
};

/* The kernel sends at most 32 KiB in one answer of a dump (NLMSG_GOODSIZE and larger buffers). */
enum { ANSWER_MAX = 32768 };

/* Two bits of an attribute's type are flags (NLA_TYPE_MASK). */
enum { ATTRIBUTE_TYPE = 0x3fff };

int netlink_open(void)
{
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (fd < 0)
        return -1;
    struct sockaddr_nl any_port = { .nl_family = AF_NETLINK };
    if (bind(fd, (struct sockaddr *)&any_port, sizeof(any_port)) < 0) {
        int why = errno;
        close(fd);
        errno = why;
        return -1;
    }
    return fd;
}

static bool ask(int fd, u32 ifindex)
{
    struct {
        struct nlmsghdr header;
        struct ifinfomsg link;
    } request = {
        .header = { .nlmsg_len = sizeof(request),
                    .nlmsg_type = RTM_GETLINK,
                    .nlmsg_flags = (u16)(NLM_F_REQUEST | (ifindex ? 0 : NLM_F_DUMP)) },
        .link = { .ifi_family = AF_UNSPEC, .ifi_index = (int)ifindex },
    };
    return send(fd, &request, sizeof(request), 0) == (ssize_t)sizeof(request);
}

/* An attribute's value; the macros of <linux/rtnetlink.h> mix signed and unsigned. */
struct value {
    const char *bytes;
    size_t n;
};

static u32 u32_of(struct value v)
{
    u32 number = 0;
    if (v.n >= sizeof(number))
        memcpy(&number, v.bytes, sizeof(number));
    return number;
}

static u64 missed_of(struct value v)
{
    struct rtnl_link_stats64 stats = { 0 };
    memcpy(&stats, v.bytes, v.n < sizeof(stats) ? v.n : sizeof(stats));
    return stats.rx_missed_errors + stats.rx_fifo_errors;
}

static void take_attribute(struct link_info *link, u32 *offload_max, u32 type, struct value v)
{
    switch (type) {
    case IFLA_IFNAME: {
        size_t n = strnlen(v.bytes, v.n);
        memcpy(link->name, v.bytes, n < sizeof(link->name) ? n : sizeof(link->name) - 1);
        break;
    }
    case IFLA_MTU: link->mtu = u32_of(v); break;
    case IFLA_STATS64: link->missed = missed_of(v); break;
    case LINK_GSO_MAX_SIZE:
    case LINK_GRO_MAX_SIZE:
    case LINK_GSO_IPV4_MAX_SIZE:
    case LINK_GRO_IPV4_MAX_SIZE:
        *offload_max = u32_of(v) > *offload_max ? u32_of(v) : *offload_max;
        break;
    }
}

/* `body` is what follows the message's header: struct ifinfomsg and then the attributes. */
static struct link_info link_of(const char *body, size_t n)
{
    struct ifinfomsg header;
    struct rtattr attribute;
    struct link_info link = { 0 };
    u32 offload_max = 0;
    if (n < sizeof(header))
        return link;
    memcpy(&header, body, sizeof(header));
    link.ifindex = (u32)header.ifi_index;
    link.flags = header.ifi_flags;
    link.arphrd = header.ifi_type;
    for (size_t at = NLMSG_ALIGN(sizeof(header)); at + sizeof(attribute) <= n;) {
        memcpy(&attribute, body + at, sizeof(attribute));
        if (attribute.rta_len < sizeof(attribute) || attribute.rta_len > n - at)
            break;
        struct value v = { body + at + sizeof(attribute), attribute.rta_len - sizeof(attribute) };
        take_attribute(&link, &offload_max, attribute.rta_type & ATTRIBUTE_TYPE, v);
        at += NLMSG_ALIGN(attribute.rta_len);
    }
    link.frame_max = link.mtu > offload_max ? link.mtu : offload_max;
    return link;
}

/* Handles one datagram.  True when nothing will follow; `*error` is then 0 or an errno. */
static bool take_answer(const char *bytes, size_t n, bool dump, int *error,
                        void (*each)(void *, const struct link_info *), void *context)
{
    struct nlmsghdr header;
    for (size_t at = 0; at + sizeof(header) <= n; at += NLMSG_ALIGN(header.nlmsg_len)) {
        memcpy(&header, bytes + at, sizeof(header));
        if (header.nlmsg_len < sizeof(header) || header.nlmsg_len > n - at)
            break;
        const char *body = bytes + at + sizeof(header);
        size_t body_bytes = header.nlmsg_len - sizeof(header);
        if (header.nlmsg_type == NLMSG_DONE)
            return true;
        if (header.nlmsg_type == NLMSG_ERROR) {
            memcpy(error, body, body_bytes < sizeof(*error) ? body_bytes : sizeof(*error));
            *error = -*error;
            return true;
        }
        if (header.nlmsg_type != RTM_NEWLINK)
            continue;
        struct link_info link = link_of(body, body_bytes);
        each(context, &link);
        if (!dump)
            return true;
    }
    return false;
}

bool netlink_links(int fd, u32 ifindex, void (*each)(void *context, const struct link_info *link),
                   void *context)
{
    char answer[ANSWER_MAX];
    if (!ask(fd, ifindex))
        return false;
    int error = 0;
    for (;;) {
        ssize_t n = recv(fd, answer, sizeof(answer), 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        if (take_answer(answer, (size_t)n, ifindex == 0, &error, each, context))
            break;
    }
    errno = error;
    return error == 0;
}
