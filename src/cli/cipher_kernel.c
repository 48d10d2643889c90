/* Talking to the kernel's ciphers: Documentation/crypto/userspace-if.rst of the kernel's source. */
#include "cli/cipher_kernel.h"

#include <errno.h>
#include <linux/if_alg.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef AF_ALG
#define AF_ALG 38
#endif
#ifndef SOL_ALG
#define SOL_ALG 279
#endif

int cipher_kernel_open(const struct cipher_kind *kind, const u8 *key)
{
    struct sockaddr_alg address = { .salg_family = AF_ALG, .salg_type = "skcipher" };
    int texts = -1, fd = socket(AF_ALG, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return -1;
    memcpy(address.salg_name, kind->kernel, strlen(kind->kernel) + 1);
    if (bind(fd, (const struct sockaddr *)&address, sizeof address) == 0 &&
        setsockopt(fd, SOL_ALG, ALG_SET_KEY, key, kind->key_len) == 0)
        texts = accept(fd, NULL, NULL);
    close(fd);
    return texts;
}

/* What to do, and the initialisation vector, as control messages. */
static void fill_control(struct msghdr *m, const void *iv, u8 iv_len)
{
    struct cmsghdr *c = CMSG_FIRSTHDR(m);
    const u32 operation = ALG_OP_DECRYPT, size = iv_len;

    c->cmsg_level = SOL_ALG;
    c->cmsg_type = ALG_SET_OP;
    c->cmsg_len = CMSG_LEN(sizeof operation);
    memcpy(CMSG_DATA(c), &operation, sizeof operation);
    m->msg_controllen = CMSG_SPACE(sizeof operation);
    if (iv_len == 0)
        return;
    c = (struct cmsghdr *)(void *)((u8 *)m->msg_control + m->msg_controllen);
    c->cmsg_level = SOL_ALG;
    c->cmsg_type = ALG_SET_IV;
    c->cmsg_len = CMSG_LEN(sizeof(struct af_alg_iv) + iv_len);
    memcpy(CMSG_DATA(c) + offsetof(struct af_alg_iv, ivlen), &size, sizeof size);
    memcpy(CMSG_DATA(c) + offsetof(struct af_alg_iv, iv), iv, iv_len);
    m->msg_controllen += (socklen_t)CMSG_SPACE(sizeof(struct af_alg_iv) + iv_len);
}

static bool read_all(int fd, u8 *to, u32 n)
{
    while (n > 0) {
        ssize_t got = read(fd, to, n);
        if (got > 0) {
            to += got;
            n -= (u32)got;
        } else if (got == 0 || errno != EINTR) {
            return false;
        }
    }
    return true;
}

bool cipher_kernel_decrypt(int fd, const struct cipher_kind *kind, const void *iv,
                           const void *bytes, u8 *to, u32 n)
{
    union {
        struct cmsghdr aligned;
        u8 room[CMSG_SPACE(sizeof(u32)) + CMSG_SPACE(sizeof(struct af_alg_iv) + CIPHER_IV_MAX)];
    } control = { 0 };
    struct iovec text = { .iov_base = (void *)(uintptr_t)bytes, .iov_len = n };
    struct msghdr m = { .msg_iov = &text,
                        .msg_iovlen = 1,
                        .msg_control = control.room,
                        .msg_controllen = sizeof control.room };
    ssize_t sent;

    if (n == 0)
        return true;
    fill_control(&m, iv, kind->iv_len);
    do
        sent = sendmsg(fd, &m, 0);
    while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)n && read_all(fd, to, n);
}
