package dev.signalbox.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;

/** Puts limits around beans that are {@link Limited}: before transactions and the like begin. */
final class LimitedPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {
  private @Nullable LimitedMethods methods;

  LimitedPostProcessor(boolean proxyTargetClass) {
    setProxyTargetClass(proxyTargetClass);
    setBeforeExistingAdvisors(true);
  }

  @Override
  public void setBeanFactory(BeanFactory factory) {
    super.setBeanFactory(factory);
    methods =
        new LimitedMethods(
            () -> factory.getBean(Limiters.class), text -> withoutPlaceholders(factory, text));
    advisor = new DefaultPointcutAdvisor(new LimitedPointcut(), new LimitedInterceptor(methods));
  }

  private static String withoutPlaceholders(BeanFactory factory, String text) {
    String resolved =
        factory instanceof ConfigurableBeanFactory configurable
            ? configurable.resolveEmbeddedValue(text)
            : text;
    return resolved == null ? "" : resolved;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    Class<?> type = AopUtils.getTargetClass(bean);
    if (methods != null && isEligible(type)) {
      methods.check(type);
    }
    return super.postProcessAfterInitialization(bean, name);
  }
}
