"""Acting together: from a need to partners, the papers, the method and the law of alliances."""
