/*
 * Time stamp types: the host's clock, or that of the network card, timestamping.rst.
 *
 * A card that stamps packets is told to by SIOCSHWTSTAMP, which changes the card for everybody and
 * so takes CAP_NET_ADMIN; the ring is told by PACKET_TIMESTAMP which of the stamps to show.
 */
#include "capture/live.h"

#include <errno.h>
#include <linux/ethtool.h>
#include <linux/net_tstamp.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "capture/failure.h"
#include "capture/iface.h"

static const struct clock_info clocks[] = {
    { CLOCK_HOST, "host", "Host" },
    { CLOCK_HOST_LOWPREC, "host_lowprec", "Host, low precision" },
    { CLOCK_HOST_HIPREC, "host_hiprec", "Host, high precision" },
    { CLOCK_HOST_HIPREC_UNSYNCED, "host_hiprec_unsynced",
      "Host, high precision, not synced with system time" },
    { CLOCK_ADAPTER, "adapter", "Adapter" },
    { CLOCK_ADAPTER_UNSYNCED, "adapter_unsynced", "Adapter, not synced with system time" },
};

const struct clock_info *clock_row(u32 i) { return i < countof(clocks) ? &clocks[i] : NULL; }

static void name_request(struct ifreq *request, const char *device, void *data)
{
    memset(request, 0, sizeof(*request));
    memcpy(request->ifr_name, device, strnlen(device, IFNAMSIZ - 1));
    request->ifr_data = data;
}

u32 live_clocks(int fd, const char *device)
{
    struct ethtool_ts_info info = { .cmd = ETHTOOL_GET_TS_INFO };
    struct ifreq request;
    u32 found = 1U << CLOCK_HOST;
    name_request(&request, device, &info);
    if (ioctl(fd, SIOCETHTOOL, &request) < 0)
        return found;
    if (info.so_timestamping & SOF_TIMESTAMPING_SYS_HARDWARE)
        found |= 1U << CLOCK_ADAPTER;
    if (info.so_timestamping & SOF_TIMESTAMPING_RAW_HARDWARE)
        found |= 1U << CLOCK_ADAPTER_UNSYNCED;
    return found;
}

/* Returns 0 or an errno. */
static int stamp_in_hardware(const struct live *l, const char *device)
{
    struct hwtstamp_config config = { .tx_type = HWTSTAMP_TX_ON,
                                      .rx_filter = HWTSTAMP_FILTER_ALL };
    struct ifreq request;
    name_request(&request, device, &config);
    if (ioctl(l->fd, SIOCSHWTSTAMP, &request) < 0)
        return errno;
    int which = l->options.clock == CLOCK_ADAPTER ? SOF_TIMESTAMPING_SYS_HARDWARE
                                                  : SOF_TIMESTAMPING_RAW_HARDWARE;
    return setsockopt(l->fd, SOL_PACKET, PACKET_TIMESTAMP, &which, sizeof(which)) < 0 ? errno : 0;
}

static void warn_unsupported(const struct live *l, const char *device)
{
    char text[SOURCE_ERROR_MAX];
    if (!l->options.warn)
        return;
    fail(text,
         "When trying to set timestamp type '%s' on %s: That type of time stamp is not supported "
         "by that device",
         clocks[l->options.clock].name, device);
    l->options.warn(l->options.context, text);
}

bool live_clock_select(struct live *l, const char *device)
{
    if (l->options.clock == CLOCK_HOST)
        return true;
    if (!(live_clocks(l->fd, device) & 1U << l->options.clock)) {
        warn_unsupported(l, device);
        return true;
    }
    int error = stamp_in_hardware(l, device);
    if (error == EOPNOTSUPP || error == ERANGE) {
        warn_unsupported(l, device);
        return true;
    }
    if (error != 0)
        return fail(l->base.err, "%s: can't switch on hardware time stamps: %s", device,
                    strerror(error));
    return true;
}
