/*
 * vsock: traffic between virtual machines and their host, as Linux's vsockmon device delivers it.
 * include/uapi/linux/vsockmon.h; the header of virtio: virtio 1.2, section 5.10.6.  All fields are
 * little-endian.
 *
 *    0               2               4               6
 *   +-------------------------------+-------------------------------+
 *   |                        source CID (64)                        |
 *   |                     destination CID (64)                      |
 *   |          source port          |       destination port        |
 *   |  operation    |  transport    | its header's  |   reserved    |
 *   |               |               |    length     |               |
 *   |  the transport's header, then the payload                     |
 *   +---------------------------------------------------------------+
 */
#include "print/hexdump.h"
#include "print/printer.h"

enum {
    SOURCE_CID, DESTINATION_CID = 8, SOURCE_PORT = 16, DESTINATION_PORT = 20, OPERATION = 24,
    TRANSPORT = 26, HEADER_LEN = 32,
};

/* In the header of virtio, which begins with addresses of its own. */
enum { LENGTH = 24, TYPE = 28, VIRTIO_OP = 30, FLAGS = 32, BUFFER = 36, FORWARDED = 40, VIRTIO_LEN = 44 };

enum { OPERATION_PAYLOAD = 4, TRANSPORT_VIRTIO = 2 };

NAMES(operations, (0, "UNKNOWN") (1, "CONNECT") (2, "DISCONNECT") (3, "CONTROL") (4, "PAYLOAD"));
NAMES(transports, (0, "UNKNOWN") (1, "NO_INFO") (2, "VIRTIO"));
NAMES(types, (1, "STREAM"));
NAMES(virtio_ops,
      (0, "INVALID") (1, "REQUEST") (2, "RESPONSE") (3, "RST") (4, "SHUTDOWN") (5, "RW")
      (6, "CREDIT UPDATE") (7, "CREDIT REQUEST"));

static void say_virtio(struct dissect *d, struct view v)
{
    say_at(d, v, " (len %lu, type %s, op %s, flags %lx, buf_alloc %lu, fwd_cnt %lu)",
           AT_LE32(LENGTH), name_of(d, &types.names, le16_at(d, v, TYPE), "Invalid type (%u)"),
           name_of(d, &virtio_ops.names, le16_at(d, v, VIRTIO_OP), "Invalid op (%u)"),
           AT_LE32(FLAGS), AT_LE32(BUFFER), AT_LE32(FORWARDED));
}

void print_vsock(struct dissect *d, struct view v)
{
    d->proto = "vsock";
    d->link_header_len += v.cap < HEADER_LEN ? v.cap : HEADER_LEN;
    if (!view_has(v, 0, HEADER_LEN)) {
        truncated(d);
        return;
    }
    u16 transport = le16_at(d, v, TRANSPORT), operation = le16_at(d, v, OPERATION);
    u32 transport_len = transport == TRANSPORT_VIRTIO ? VIRTIO_LEN : 0; /* as tcpdump: not as it says */
    struct view rest = view_from(v, HEADER_LEN);
    bool cut = verbose(d, 1) && !view_has(rest, 0, transport_len);

    say_z(d, name_of(d, &transports.names, transport, "Invalid transport (%u)"));
    if (!verbose(d, 1)) {
        say_z(d, " ");
    } else if (!cut) {
        if (transport == TRANSPORT_VIRTIO)
            say_virtio(d, rest);
        say_z(d, "\n\t");
    }
    say(d, "%llu.%u > %llu.%u %s, length %u", (unsigned long long)le64_at(d, v, SOURCE_CID),
        le32_at(d, v, SOURCE_PORT), (unsigned long long)le64_at(d, v, DESTINATION_CID),
        le32_at(d, v, DESTINATION_PORT),
        name_of(d, &operations.names, operation, " invalid op (%u)"), v.cap);
    struct view payload = view_from(rest, transport_len);
    bool wanted = operation == OPERATION_PAYLOAD && verbose(d, 2);
    if (cut || (wanted && payload.cap == 0))
        truncated(d);
    else if (wanted) {
        say_z(d, "\n");
        hexdump(d->out, "\t", payload); /* as tcpdump: all on one line */
    }
}
