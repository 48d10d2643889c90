/*
 * What single operations of the machine mean: shared by the fast run and the single step, so
 * that they cannot disagree.  Private to the module.
 */
#ifndef BPF_VM_RULES_H
#define BPF_VM_RULES_H

#include "base/packet.h"
#include "bpf/insn.h"

/* Whether `n` bytes at `at` are among the captured ones. */
static inline bool bpf_inside(u64 caplen, u32 at, u32 n) { return (u64)at + n <= caplen; }

/* The idiom of ldxb: low half of the byte, in words of four bytes. */
static inline u32 bpf_header_bytes(u8 byte) { return (byte & 0xfu) << 2; }

/* Counts are taken modulo 32, as the kernel does. */
static inline u32 bpf_shifted_left(u32 a, u32 count) { return a << (count & 31); }
static inline u32 bpf_shifted_right(u32 a, u32 count) { return a >> (count & 31); }

/* The value of an absolute load for which bpf_is_metadata(k). */
static inline u32 bpf_metadata(const struct packet *packet, u32 k, u32 a, u32 x)
{
    const struct packet_meta *meta = &packet->meta;

    switch (k - BPF_AD_OFF) {
    case BPF_AD_PROTOCOL: return meta->protocol;
    case BPF_AD_PKTTYPE: return meta->pkttype;
    case BPF_AD_IFINDEX: return meta->ifindex;
    case BPF_AD_HATYPE: return meta->hatype;
    case BPF_AD_ALU_XOR_X: return a ^ x;
    case BPF_AD_VLAN_TAG: return meta->vlan_present ? meta->vlan_tci : 0;
    case BPF_AD_VLAN_TAG_PRESENT: return meta->vlan_present;
    case BPF_AD_VLAN_TPID: return meta->vlan_present ? meta->vlan_tpid : 0;
    default: return 0;
    }
}

#endif
