/* What the files of OpenFlow 1.0 share. */
#ifndef PRINT_PROTO_OPENFLOW_V1_0_H
#define PRINT_PROTO_OPENFLOW_V1_0_H

#include "print/proto/openflow/openflow.h"

enum { OPENFLOW_MATCH_LEN = 40 };

/* Fields that a match leaves open. */
enum openflow_wildcard {
    IN_PORT = 0x001,
    DL_VLAN = 0x002,
    DL_SRC = 0x004,
    DL_DST = 0x008,
    DL_TYPE = 0x010,
    NW_PROTO = 0x020,
    TP_SRC = 0x040,
    TP_DST = 0x080,
    NW_SRC_SHIFT = 8, /* six bits: how many of the address are wild */
    NW_DST_SHIFT = 14,
    DL_VLAN_PCP = 0x100000,
    NW_TOS = 0x200000,
    ALL_WILDCARDS = 0x3fffff,
};

/* The name or number of a port, as name_of() returns it. */
const char *openflow_port_1_0(struct dissect *d, u16 port);

/* A match, which is OPENFLOW_MATCH_LEN bytes: a line for each field that is not wild, behind `indent`. */
void openflow_match_1_0(struct dissect *d, const char *indent, struct view v);

/* Actions to the end, each on a line behind `indent`. */
void openflow_actions_1_0(struct dissect *d, const char *indent, struct view v);

/* Bodies of messages. */
void openflow_stats_request_1_0(struct dissect *d, struct view v);
void openflow_stats_reply_1_0(struct dissect *d, struct view v);

/* Queues to the end. */
void openflow_queues_1_0(struct dissect *d, struct view v);

#endif
