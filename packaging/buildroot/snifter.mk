################################################################################
#
# snifter
#
################################################################################

SNIFTER_VERSION = 0.1.0
SNIFTER_SOURCE = snifter-$(SNIFTER_VERSION).tar.gz
SNIFTER_LICENSE = BSD-2-Clause
SNIFTER_LICENSE_FILES = LICENSE
SNIFTER_CONF_OPTS = -DSNIFTER_TESTS=OFF

ifeq ($(BR2_PACKAGE_SNIFTER_MINI),y)
SNIFTER_CONF_OPTS += -DSNIFTER_MINI=ON
endif

$(eval $(cmake-package))
