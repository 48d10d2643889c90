/*
 * ATM operation and maintenance cells.  ITU-T I.610, section 10.
 *
 *   header: flow control 4, path 8, channel 16, payload type 3, priority 1
 *   payload: cell type 4, function type 4; of the function 45 bytes; reserved 6, CRC 10
 *
 *   fault       failure 8, location 16 bytes
 *   loopback    indication 8, correlation 32, location 12 bytes, source 12 bytes
 */
#include "print/printer.h"
#include "print/proto/atm.h"

enum { HEADER_LEN = 4, PAYLOAD_LEN = 48, CRC = 46, CRC_MASK = 0x3ff, CRC_GENERATOR = 0x633 };

enum { PATH_SHIFT = 20, CHANNEL_SHIFT = 4 };

enum cell { FAULT = 1, PERFORMANCE, ACTIVATION = 8, SYSTEM = 15 };

enum { ALARM, DEFECT, LOOPBACK = 8 };

enum { FAILURE = 1, FAILURE_LOCATION = 3, FAILURE_WORDS = 8 };

enum { INDICATION = 1, CORRELATION, LOCATION = 7, SOURCE = 19, LOOPBACK_WORDS = 6 };

NAMES(flows,
      (3, "OAM F4 (segment)")
      (4, "OAM F4 (end to end)"));

static const char *const payload_types[] = { "user data, uncongested, SDU 0",
                                             "user data, uncongested, SDU 1",
                                             "user data, congested, SDU 0",
                                             "user data, congested, SDU 1",
                                             "VCC OAM F5 flow segment",
                                             "VCC OAM F5 flow end to end",
                                             "Traffic Control and resource Mgmt" };

NAMES(cells,
      (FAULT, "Fault Management")
      (PERFORMANCE, "Performance Management")
      (ACTIVATION, "activate/deactivate")
      (SYSTEM, "System Management"));

NAMES(faults,
      (ALARM, "AIS")
      (DEFECT, "RDI")
      (4, "Continuity Check")
      (LOOPBACK, "Loopback"));

NAMES(performances,
      (0, "Forward Monitoring")
      (1, "Backward Reporting")
      (2, "Monitoring and Reporting"));

NAMES(activations,
      (0, "Performance Monitoring")
      (1, "Continuity Check"));

static const struct names *functions_of(u32 cell)
{
    switch (cell) {
    case FAULT: return &faults.names;
    case PERFORMANCE: return &performances.names;
    case ACTIVATION: return &activations.names;
    default: return NULL;
    }
}

static void say_words(struct dissect *d, struct view v, u32 at, u32 n)
{
    for (u32 i = 0; i < n; i++)
        say(d, "%04x ", be16_at(d, v, at + 2 * i));
}

static void say_loopback(struct dissect *d, struct view v)
{
    say(d, "\n\tLoopback-Indicator %s, Correlation-Tag 0x%08x\n\tLocation-ID ",
        (u8_at(d, v, INDICATION) & 1) != 0 ? "Request" : "Reply", be32_at(d, v, CORRELATION));
    say_words(d, v, LOCATION, LOOPBACK_WORDS);
    say_z(d, "\n\tSource-ID   ");
    say_words(d, v, SOURCE, LOOPBACK_WORDS);
}

static void say_failure(struct dissect *d, struct view v)
{
    say(d, "\n\tFailure-type 0x%02x\n\tLocation-ID ", u8_at(d, v, FAILURE));
    say_words(d, v, FAILURE_LOCATION, FAILURE_WORDS);
}

/* Zero over a whole payload with the right CRC.  I.610, section 10.1. */
static u32 crc10(struct dissect *d, struct view v)
{
    u32 crc = 0;

    for (u32 i = 0; i < PAYLOAD_LEN; i++) {
        crc ^= (u32)u8_at(d, v, i) << 2;
        for (u32 bit = 0; bit < 8; bit++) {
            crc <<= 1;
            if ((crc & (CRC_MASK + 1)) != 0)
                crc ^= CRC_GENERATOR;
        }
    }
    return crc & CRC_MASK;
}

/*
 * As tcpdump, the header's fields are read where its last three bytes and the HEC stand, and the
 * locations one byte late.
 */
void atm_oam(struct dissect *d, struct view v, u32 hec)
{
    d->proto = "oam";
    u32 header = be32_at(d, v, hec);
    u32 kind = u8_at(d, v, HEADER_LEN + hec);
    u32 channel = header >> CHANNEL_SHIFT & 0xffff;
    if (d->sealed)
        return;
    say(d, "%s, vpi %u, vci %u, payload [ %s ], clp %u, length %u",
        name_of(d, &flows.names, channel, "OAM F5"), header >> PATH_SHIFT & 0xff, channel,
        name_in(d, payload_types, countof(payload_types), header >> 1 & 7, "Unknown"), header & 1,
        v.len);
    if (!verbose(d, 1))
        return;
    u32 cell = kind >> 4, function = kind & 15;
    const struct names *functions = functions_of(cell);
    say(d, "\n\tcell-type %s (%u)", name_of(d, &cells.names, cell, "unknown"), cell);
    const char *name = functions == NULL ? "unknown" : name_of(d, functions, function, "none");
    say(d, ", func-type %s (%u)", name, function);
    v = view_from(v, HEADER_LEN + hec);
    if (cell == FAULT && (function == LOOPBACK || function == ALARM || function == DEFECT)) {
        if (!need(d, v, 0, CRC))
            return;
        if (function == LOOPBACK)
            say_loopback(d, v);
        else
            say_failure(d, v);
    }
    u32 there = be16_at(d, v, CRC) & CRC_MASK;
    say(d, "\n\tcksum 0x%03x (%scorrect)", there, crc10(d, v) == 0 ? "" : "in");
}
